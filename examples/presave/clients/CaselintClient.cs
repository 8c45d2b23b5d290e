// Asks `caselint serve` about a note before it is saved. What fails, or takes over 300 ms, is saved. For .NET 6 and .NET Framework 4.6.1, or later.
//
//   var answer = await caselint.AskAsync(JsonSerializer.Serialize(new { text = note }), "finalise");
//   if (answer.Decision == "save") Save(note);
//   else Show(answer.Display, answer.Json); // prompt or block

using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Threading.Tasks;

public sealed class CaselintClient
{
    [DataContract]
    public sealed class Answer
    {
        [DataMember(Name = "decision")] public string Decision { get; set; }
        [DataMember(Name = "display")] public Display Display { get; set; }
        /// All of the answer, with the findings; their offsets count as .NET's strings do.
        public string Json { get; set; }
    }

    [DataContract]
    public sealed class Display
    {
        [DataMember(Name = "title")] public string Title { get; set; }
        [DataMember(Name = "text")] public string Text { get; set; }
        /// The labels of the buttons; null where there is nothing to decide.
        [DataMember(Name = "save")] public string Save { get; set; }
        [DataMember(Name = "back")] public string Back { get; set; }
    }

    private readonly HttpClient http;
    private readonly int milliseconds;

    public CaselintClient(string url = "http://127.0.0.1:8787", string token = null, int milliseconds = 300)
    {
        http = new HttpClient(new HttpClientHandler { UseProxy = false }) { BaseAddress = new Uri(url) };
        this.milliseconds = milliseconds;
        if (token != null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// What the service says of a record, which is given as JSON.
    public async Task<Answer> AskAsync(string record, string stage = "draft")
    {
        var save = new Answer { Decision = "save" };
        try
        {
            var asking = PostAsync("{\"record\":" + record + ",\"policy\":{\"stage\":\"" + stage + "\"},\"offsets\":\"utf-16\"}");
            if (await Task.WhenAny(asking, Task.Delay(milliseconds)).ConfigureAwait(false) != asking) return save;
            var answer = await asking.ConfigureAwait(false);
            return Array.IndexOf(new[] { "save", "prompt", "block" }, answer.Decision) < 0 ? save : answer;
        }
        catch (Exception)
        {
            return save;
        }
    }

    private async Task<Answer> PostAsync(string request)
    {
        var content = new StringContent(request, Encoding.UTF8, "application/json");
        using (var response = await http.PostAsync("/v1/check", content).ConfigureAwait(false))
        {
            var json = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync().ConfigureAwait(false);
            var answer = (Answer)new DataContractJsonSerializer(typeof(Answer)).ReadObject(new MemoryStream(json));
            answer.Json = Encoding.UTF8.GetString(json);
            return answer;
        }
    }
}
