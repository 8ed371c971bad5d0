"""Consumes a subscriber over HTTP until nothing comes any more, and tells on standard output what it does. Standard library only.

With a number it stops for ever with a batch in hand, once it has acknowledged as many messages."""
import json
import sys
import urllib.request

subscriber = sys.argv[1]
hold_after = int(sys.argv[2]) if len(sys.argv) > 2 else sys.maxsize
acknowledged = 0


def tell(what, message):
    print(what, message["message"]["number"], message["attempt"], flush=True)


idle = 0
while idle < 3:
    with urllib.request.urlopen(subscriber + "?timeout=1s&max=5") as answer:
        messages = json.load(answer)
    idle = 0 if messages else idle + 1
    for message in messages:
        tell("received", message)
    if messages and acknowledged >= hold_after:
        print("holding", flush=True)
        sys.stdin.read()
    for message in messages:
        tell("handled", message)
        done = urllib.request.Request(subscriber + "/messages/" + message["id"], method="DELETE")
        urllib.request.urlopen(done).close()
        acknowledged += 1
        tell("acknowledged", message)
