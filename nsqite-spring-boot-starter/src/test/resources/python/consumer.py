"""Consumes a subscriber over HTTP until nothing comes any more, and tells on standard output what it does. Standard library only."""
import json
import sys
import urllib.request

subscriber = sys.argv[1]


def tell(what, message):
    print(what, message["message"]["number"], message["attempt"], flush=True)


idle = 0
while idle < 3:
    with urllib.request.urlopen(subscriber + "?timeout=1s&max=5") as answer:
        messages = json.load(answer)
    idle = 0 if messages else idle + 1
    for message in messages:
        tell("received", message)
    for message in messages:
        tell("handled", message)
        done = urllib.request.Request(subscriber + "/messages/" + message["id"], method="DELETE")
        urllib.request.urlopen(done).close()
        tell("acknowledged", message)
