// Asks once, as clients.py has the other clients do, and prints the answer.

using System;

public static class Program
{
    public static void Main(string[] arguments)
    {
        var token = arguments[2] == "" ? null : arguments[2];
        var answer = new CaselintClient(arguments[0], token, int.Parse(arguments[3])).AskAsync(arguments[4], arguments[1]).Result;
        var title = answer.Display == null ? "null" : "\"" + answer.Display.Title + "\"";
        Console.WriteLine(answer.Json ?? "{\"decision\": \"" + answer.Decision + "\", \"title\": " + title + "}");
    }
}
