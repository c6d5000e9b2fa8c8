"""Asks a running kernel through jupyter_client: connection file and questions (JSON) in, replies (JSON) out."""

import json
import sys
from jupyter_client.blocking import BlockingKernelClient

connection, questions = sys.argv[1:3]
client = BlockingKernelClient(connection_file=connection)
client.load_connection_file()
client.start_channels()
client.wait_for_ready(timeout=30)


def run(code):
    outputs = []
    reply = client.execute_interactive(code, timeout=30, output_hook=outputs.append, allow_stdin=False)
    text = "".join(m["content"]["text"] for m in outputs if m["msg_type"] == "stream" and m["content"]["name"] == "stderr")
    return {"status": reply["content"]["status"], "count": reply["content"]["execution_count"], "stderr": text,
            "ename": reply["content"].get("ename"), "traceback": reply["content"].get("traceback")}


ask = {
    "run": run,
    "complete": lambda code, cursor: client.complete(code, cursor, reply=True, timeout=30)["content"],
    "inspect": lambda code, cursor: client.inspect(code, cursor, 0, reply=True, timeout=30)["content"],
}
with open(questions, encoding="utf-8") as file:
    for kind, *arguments in json.load(file):
        print(json.dumps(ask[kind](*arguments)), flush=True)
client.stop_channels()
