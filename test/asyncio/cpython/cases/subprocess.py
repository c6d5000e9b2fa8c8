from judge import *
import asyncio.subprocess
import os
import shutil
import signal
import tempfile

PIPE = asyncio.subprocess.PIPE


async def start(*args, stdin=PIPE, stdout=PIPE, stderr=PIPE, **options):
    return await asyncio.create_subprocess_exec(*args, stdin=stdin, stdout=stdout, stderr=stderr, **options)


async def shell(line, **options):
    return await asyncio.create_subprocess_shell(line, **({"stdin": PIPE, "stdout": PIPE, "stderr": PIPE} | options))


class SubprocessMixin:
    async def test_stdin_stdout(self):
        process = await start("cat")
        process.stdin.write(b"some data")
        await process.stdin.drain()
        process.stdin.close()
        print(await process.stdout.read(), await process.wait())

    async def test_communicate(self):
        process = await start("cat")
        print(await process.communicate(b"some data"), process.returncode)

    async def test_shell(self):
        process = await shell("exit 7")
        print(await process.wait())

    async def test_our_shell_pipeline(self):
        process = await shell("printf 'b\\na\\n' | sort")
        print(await process.communicate())

    async def test_kill(self):
        process = await start("sleep", "60")
        process.kill()
        print(await process.wait() == -signal.SIGKILL, process.returncode)

    async def test_terminate(self):
        process = await start("sleep", "60")
        process.terminate()
        print(await process.wait() == -signal.SIGTERM, process.returncode)

    async def test_send_signal(self):
        process = await start("sh", "-c", "trap 'exit 3' HUP; echo ready; while :; do sleep 0.01; done")
        print(await process.stdout.readline())
        process.send_signal(signal.SIGHUP)
        print(await process.wait())

    async def test_our_exit_codes_by_signal(self):
        for name in ("USR1", "SEGV", "PIPE", "QUIT", "ALRM", "TERM", "INT"):
            process = await start("sh", "-c", f"kill -{name} $$")
            print(name, await process.wait())

    async def test_stdin_broken_pipe(self):
        process = await start("true")
        await process.wait()
        ended = "None"
        for _ in range(50):
            process.stdin.write(b"x" * 100_000)
            ended = await outcome(process.stdin.drain())
            if ended != "None":
                break
            await asyncio.sleep(0.001)
        print(ended.split("(")[0] in ("BrokenPipeError", "ConnectionResetError"))

    async def test_communicate_ignore_broken_pipe(self):
        process = await start("true")
        print(await process.communicate(b"x" * 1_000_000), process.returncode)

    async def test_empty_input(self):
        process = await start("cat")
        print(await process.communicate(b""))

    async def test_devnull_input(self):
        process = await start("cat", stdin=asyncio.subprocess.DEVNULL)
        print(process.stdin, await process.communicate())

    async def test_devnull_output(self):
        process = await start("echo", "hello", stdout=asyncio.subprocess.DEVNULL)
        print(process.stdout, await process.communicate())

    async def test_devnull_error(self):
        process = await start("sh", "-c", "echo error >&2", stderr=asyncio.subprocess.DEVNULL)
        print(process.stderr, await process.communicate())

    async def test_our_no_pipes(self):
        process = await start("true", stdin=None, stdout=None, stderr=None)
        print(process.stdin, process.stdout, process.stderr, await process.communicate())

    async def test_our_stderr(self):
        process = await start("sh", "-c", "echo out; echo err >&2")
        print(await process.communicate())

    async def test_our_stderr_redirect_to_stdout(self):
        process = await start("sh", "-c", "echo out; echo err >&2", stderr=asyncio.subprocess.STDOUT)
        print(process.stderr, await process.communicate())

    async def test_cancel_process_wait(self):
        process = await start("sleep", "60")
        task = asyncio.create_task(process.wait())
        await asyncio.sleep(0.01)
        task.cancel()
        print(await outcome(task), process.returncode)
        process.kill()
        print(await process.wait())

    async def test_popen_error(self):
        print((await outcome(start("no-such-program-at-all"))).split("(")[0])

    async def test_our_popen_error_with_cwd(self):
        print((await outcome(start("true", cwd="/nowhere/at/all"))).split("(")[0])

    async def test_read_stdout_after_process_exit(self):
        process = await start("sh", "-c", "echo one; echo two")
        await process.wait()
        await asyncio.sleep(0.02)
        print(await process.stdout.readline(), await process.stdout.read())

    async def test_subprocess_communicate_stdout(self):
        process = await start("echo", "hello", stderr=None, stdin=None)
        print(await process.communicate())

    async def test_our_returncode_while_running(self):
        process = await start("sleep", "60")
        print(process.returncode, process.pid > 0)
        process.kill()
        await process.wait()

    async def test_our_wait_twice(self):
        process = await start("sh", "-c", "exit 5")
        print(await asyncio.gather(process.wait(), process.wait()), await process.wait())

    async def test_our_signal_after_exit(self):
        process = await start("true")
        await process.communicate()
        await ticks(5)
        print(raised(process.terminate).split("(")[0], raised(process.kill).split("(")[0])
        print(raised(process.send_signal, signal.SIGHUP).split("(")[0])

    async def test_our_env(self):
        process = await start("sh", "-c", "echo $MINE", env={"MINE": "yes", "PATH": os.environ["PATH"]})
        print(await process.communicate())

    async def test_our_cwd(self):
        process = await start("pwd", cwd="/")
        print(await process.communicate())

    async def test_our_large_output(self):
        process = await start("sh", "-c", "head -c 1000000 /dev/zero")
        out, _ = await process.communicate()
        print(len(out))

    async def test_our_stdout_lines(self):
        process = await start("sh", "-c", "echo a; echo b; echo c")
        print([line async for line in process.stdout], await process.wait())

    async def test_our_two_at_once(self):
        async def run(word):
            process = await start("echo", word)
            out, _ = await process.communicate()
            return out

        print(await asyncio.gather(run("a"), run("b")))

    async def test_our_timeout_kills_by_hand(self):
        process = await start("sleep", "60")
        try:
            await asyncio.wait_for(process.communicate(), 0.05)
        except TimeoutError:
            process.kill()
            print(await process.wait())

    async def test_our_cancelled_while_starting(self):
        folder = tempfile.mkdtemp()
        try:
            script = 'until [ -e go ]; do [ -e "$PWD" ] || exit; sleep 0.01; done; echo > alive'
            starting = start("sh", "-c", script, cwd=folder)
            print(await outcome(asyncio.wait_for(starting, 1e-6)))
            open(os.path.join(folder, "go"), "w").close()
            await asyncio.sleep(0.2)
            print([name for name in os.listdir(folder) if name != "go"])
        finally:
            shutil.rmtree(folder)

    async def test_subprocess_repr(self):
        process = await start("true")
        print(str(process).replace(str(process.pid), "PID"))
        await process.wait()
