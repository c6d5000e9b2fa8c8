"""CURVE with jupyter_client, which provides the keys (8.9 and newer): who has them talks to the kernel, nobody else."""

from queue import Empty

import pytest
import zmq
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import KernelManager

if "transport_encryption" not in KernelManager.class_trait_names():
    pytest.skip("this jupyter_client does not encrypt", allow_module_level=True)

KEYS = ("curve_publickey", "curve_secretkey")


def client_of(manager, without=(), **changed):
    client = BlockingKernelClient()
    info = {name: value for name, value in manager.get_connection_info().items() if name not in without}
    client.load_connection_info({**info, **changed})
    # Without a heartbeat: jupyter_client's sends without a limit of time. Where the kernel has refused the keys by then, it
    # never returns, and stop_channels waits for it.
    client.start_channels(hb=False)
    return client


@pytest.fixture(params=["auto", "required"])
def manager(request):
    manager = KernelManager(kernel_name="cokernel", transport_encryption=request.param)
    manager.start_kernel()
    yield manager
    manager.shutdown_kernel(now=True)


def answers(client):
    client.kernel_info()
    try:
        client.get_shell_msg(timeout=1)
    except Empty:
        return False
    finally:
        client.stop_channels()
    return True


def test_who_has_the_keys_uses_every_channel_and_nobody_else_gets_an_answer(manager):
    assert all(manager.get_connection_info()[name] for name in KEYS)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    printed = []
    client.allow_stdin = True
    reply = client.execute_interactive(
        "console.log(await input('name?'))",
        timeout=20,
        allow_stdin=True,
        stdin_hook=lambda message: client.input("Ada"),
        output_hook=lambda message: printed.append(message["content"].get("text", "")),
    )
    assert reply["content"]["status"] == "ok"
    assert "Ada\n" in "".join(printed)
    assert client.is_alive()
    manager.interrupt_kernel()
    # The key that signs messages alone is not enough, and neither are keys of one's own.
    assert not answers(client_of(manager, without=KEYS))
    other = dict(zip(KEYS, (key.decode() for key in zmq.curve_keypair())))
    assert not answers(client_of(manager, **other))
    assert answers(client_of(manager))
    client.stop_channels()


def test_the_keys_stay_the_same_after_a_restart(manager):
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    manager.restart_kernel(now=False)
    client.wait_for_ready(timeout=60)
    assert client.execute_interactive("1", timeout=20)["content"]["execution_count"] == 1
    client.stop_channels()
