"""The clients of examples/presave/clients against the real service: asked, refused, slow, dripping, broken and killed.

    python3 tests/service/clients.py PATH-TO-CASELINT
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLIENTS = HERE.parent.parent / "examples" / "presave" / "clients"
NOTE = {"id": "n1", "text": "\U0001f642 Sam puts herself at risk."}
PHRASE = "puts herself at risk"
# Starting an interpreter is not the client's time, and this machine may be busy; a client that waits would wait for ever.
PATIENCE = 60

PYTHON = """
import json, sys
sys.path.insert(0, sys.argv[1])
from caselint_client import ask
url, stage, token, milliseconds, record = sys.argv[2:7]
print(json.dumps(ask(json.loads(record), stage, url, token or None, int(milliseconds) / 1000)))
"""

JAVASCRIPT = """
const [folder, url, stage, token, milliseconds, record] = process.argv.slice(1);
const { ask } = await import(`file://${folder}/caselint-client.mjs`);
console.log(JSON.stringify(await ask(JSON.parse(record), stage, { url, token: token || undefined, milliseconds: Number(milliseconds) })));
"""

CLIENT_COMMANDS = {
    "Python": [sys.executable, "-c", PYTHON, str(CLIENTS)],
    "JavaScript": ["node", "--input-type=module", "-e", JAVASCRIPT, str(CLIENTS)],
    # "C#" is added when it is compiled.
}
# How each cuts the phrase out of the text by the offsets it was given.
def by_units(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


CUTS = {"Python": lambda text, start, end: text[start:end], "JavaScript": by_units, "C#": by_units}


class Service:
    """`caselint serve` on a port of its own."""

    def __init__(self, program, *flags):
        command = [program, "serve", "--address", "127.0.0.1:0", "--no-log", *flags]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.url = re.search(r"http://[^;]+", self.process.stderr.readline()).group()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()


class Impostor:
    """A service that takes connections and answers in a way of its own."""

    def __init__(self, answer):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.done = threading.Event()
        threading.Thread(target=self.serve, args=(answer,), daemon=True).start()

    def serve(self, answer):
        while not self.done.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.one, args=(answer, connection), daemon=True).start()

    def one(self, answer, connection):
        try:
            connection.recv(65536)
            answer(connection, self.done)
        except OSError:
            pass
        finally:
            connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.done.set()
        self.listener.close()


def silent(_, done):
    done.wait(PATIENCE)


def dripping(connection, done):
    """A byte now and then, so that no single read takes long."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    while not done.wait(0.1):
        connection.sendall(b" ")


def sending(status, body):
    def answer(connection, _):
        connection.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode())

    return answer


def ask(language, url, stage, token="", record=NOTE, milliseconds=1000 * PATIENCE):
    """What a client is told. Its own limit of 300 ms is for the impostors: a busy machine may need longer for a good answer."""
    arguments = [url, stage, token, str(milliseconds), json.dumps(record)]
    output = subprocess.run([*CLIENT_COMMANDS[language], *arguments], capture_output=True, text=True, timeout=PATIENCE, check=True)
    return json.loads(output.stdout)


def check(language, what, answer, decision):
    assert answer["decision"] == decision, f"{language}: {what}: {answer}, not {decision}"
    print(f"{language}: {what}: {decision}")


def check_client(language, program, tokens, token):
    with Service(program) as service:
        check(language, "a draft", ask(language, service.url, "draft"), "save")
        answer = ask(language, service.url, "finalise")
        check(language, "finalising", answer, "prompt")
        assert answer["display"]["save"] == "Finalise as it is", answer
        finding = answer["findings"][0]
        assert CUTS[language](NOTE["text"], finding["start"], finding["end"]) == PHRASE, finding
        check(language, "a record that cannot be read", ask(language, service.url, "finalise", record={}), "save")
        service.process.kill()
        service.process.wait()
        check(language, "the service was killed", ask(language, service.url, "finalise"), "save")
    with Service(program, "--on-finalise", "block") as service:
        check(language, "blocking, where it is set", ask(language, service.url, "finalise"), "block")
    with Service(program, "--tokens", tokens) as service:
        check(language, "a token", ask(language, service.url, "finalise", token), "prompt")
        check(language, "no token", ask(language, service.url, "finalise"), "save")
    impostors = {
        "silent": silent,
        "dripping": dripping,
        "no JSON": sending("200 OK", "<p>prompt"),
        "another decision": sending("200 OK", '{"decision": "delete"}'),
        "broken down": sending("500 Internal Server Error", '{"decision": "block"}'),
    }
    for what, answer in impostors.items():
        with Impostor(answer) as impostor:
            begun = time.monotonic()
            check(language, what, ask(language, impostor.url, "finalise", milliseconds=300), "save")
            assert time.monotonic() - begun < PATIENCE / 2, f"{language}: {what}: waits"


def compile_csharp(folder):
    """By Mono, in the older C# of .NET Framework, which .NET takes as well."""
    program = os.path.join(folder, "ask.exe")
    sources = [str(HERE / "Program.cs"), str(CLIENTS / "CaselintClient.cs")]
    references = ["-r:System.Net.Http.dll", "-r:System.Runtime.Serialization.dll"]
    subprocess.run(["mcs", "-warnaserror", f"-out:{program}", *references, *sources], check=True)
    CLIENT_COMMANDS["C#"] = ["mono", program]


def main():
    program = os.path.abspath(sys.argv[1])
    for tool, means in [("node", "Node.js 20 or later"), ("mcs", "mono-mcs"), ("mono", "mono-runtime")]:
        assert shutil.which(tool), f"{tool} is missing; install {means}"
    with tempfile.TemporaryDirectory() as folder:
        compile_csharp(folder)
        tokens = os.path.join(folder, "tokens.txt")
        token = subprocess.run([program, "token", "client", "--file", tokens], capture_output=True, text=True, check=True).stdout.strip()
        for language in CLIENT_COMMANDS:
            check_client(language, program, tokens, token)


main()
