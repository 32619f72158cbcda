"""The Python side of takeTurns: says `ready`, then for each line takes a turn and answers `seconds processor-seconds`."""
import sys
import time
from contextlib import redirect_stdout


def serve_turns(turn):
    print("ready", flush=True)
    for line in sys.stdin:
        begun, processor = time.perf_counter(), time.process_time()
        # Keras says things there that are no answers.
        with redirect_stdout(sys.stderr):
            turn(line.strip())
        print(time.perf_counter() - begun, time.process_time() - processor, flush=True)
