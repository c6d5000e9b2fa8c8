// Cases that our library does not pass yet, by what is wrong. The test of a case that is listed here fails as soon as
// the case passes, so that the list can only shrink. A key that ends in `@generator` is of that form alone.

const kinds: Readonly<Record<string, readonly string[]>> = {
  'Loop.runInExecutor is missing': [
    'threads EventLoopTestsMixin.test_run_in_executor',
    'threads EventLoopTestsMixin.test_our_run_in_executor_exception',
    'threads EventLoopTestsMixin.test_run_in_executor_cancel',
  ],
  'tasks made in timers and callbacks are left over at the end of run and Runner.close': [
    'runners RunTests.test_our_asyncio_run_leaves_tasks_of_timers',
    'runners RunnerTests.test_our_close_cancels_tasks_of_callbacks',
  ],
  'errors of sockets are Node’s and not ConnectionRefusedError, ConnectionResetError, FileNotFoundError, OSError': [
    'sockets StreamTests.test_open_connection_error',
    'sockets StreamTests.test_async_writer_api_exception_after_close',
    'sockets BaseStartServer.test_our_address_in_use',
  ],
  'a reset connection looks like a clean end to readline and to iteration': [
    'sockets StreamTests.test_read_exception',
    'sockets StreamTests.test_our_reset_with_data_buffered',
  ],
  '`limit` of a stream is missing': [
    'sockets StreamTests.test_invalid_limit',
    'sockets StreamTests.test_readline_limit_with_existing_data',
    'sockets StreamTests.test_readline_limit',
  ],
  'StreamReader.readuntil and LimitOverrunError are missing': [
    'sockets StreamTests.test_readuntil_separator',
    'sockets StreamTests.test_readuntil_multi_chunks',
    'sockets StreamTests.test_readuntil_multi_chunks_1',
    'sockets StreamTests.test_our_readuntil_default',
    'sockets StreamTests.test_readuntil_eof',
    'sockets StreamTests.test_readuntil_limit_found_sep',
  ],
  'readexactly(-1) throws at the call and not at the await': ['sockets StreamTests.test_readexactly_zero_or_less'],
  'IncompleteReadError is no EOFError': ['sockets StreamTests.test_our_IncompleteReadError_is_an_EOFError'],
  'a second concurrent reader is told of read() whatever it called': [
    'sockets StreamTests.test_our_concurrent_readers',
  ],
  'openUnixConnection and startUnixServer are missing': [
    'sockets StreamTests.test_start_unix_server',
    'sockets StreamTests.test_open_unix_connection_error',
  ],
  'writer.close() closes one half, so waitClosed() hangs until the peer closes too': [
    'sockets StreamTests.test_our_wait_closed_while_the_peer_is_silent',
  ],
  'write after writeEof does not throw': ['sockets StreamTests.test_our_write_after_write_eof'],
  'drain() of a connection that the peer closed does not throw, or hangs': ['sockets StreamTests.test_drain_raises'],
  'StreamWriter.canWriteEof and getExtraInfo are missing': [
    'sockets StreamTests.test_our_can_write_eof',
    'sockets StreamTests.test_our_get_extra_info',
  ],
  'Server lacks isServing, startServing, serveForever, sockets, getLoop, closeClients, abortClients': [
    'sockets BaseStartServer.test_start_server_1',
    'sockets BaseStartServer.test_our_serve_forever',
    'sockets BaseStartServer.test_our_context_manager',
    'sockets BaseStartServer.test_our_sockets',
    'sockets TestServer2.test_close_clients',
    'sockets TestServer2.test_abort_clients',
  ],
  'Server.waitClosed() does not wait until the last connection is closed (3.12)': [
    'sockets TestServer2.test_wait_closed_basic',
  ],
  'tasks of connection handlers are left over at the end of run': [
    'sockets TestServer2.test_our_run_cancels_connection_handlers',
  ],
  'createSubprocessShell is missing under that name': [
    'subprocess SubprocessMixin.test_shell',
    'subprocess SubprocessMixin.test_our_shell_pipeline',
  ],
  'exit codes of a process ended by a signal other than HUP, INT, KILL, TERM, ABRT are -1': [
    'subprocess SubprocessMixin.test_our_exit_codes_by_signal',
  ],
  'writes to a process that has ended do not fail': ['subprocess SubprocessMixin.test_stdin_broken_pipe'],
  'communicate() gives empty bytes and not None where there is no pipe': [
    'subprocess SubprocessMixin.test_devnull_output',
    'subprocess SubprocessMixin.test_devnull_error',
    'subprocess SubprocessMixin.test_our_no_pipes',
    'subprocess SubprocessMixin.test_subprocess_communicate_stdout',
  ],
  "`stderr: 'stdout'` is missing": ['subprocess SubprocessMixin.test_our_stderr_redirect_to_stdout'],
  'errors of starting a process are Node’s and not FileNotFoundError': [
    'subprocess SubprocessMixin.test_popen_error',
    'subprocess SubprocessMixin.test_our_popen_error_with_cwd',
  ],
  'a signal to a process that has ended is no ProcessLookupError': [
    'subprocess SubprocessMixin.test_our_signal_after_exit',
  ],
  'Loop.addSignalHandler and removeSignalHandler are missing': [
    'signals EventLoopTestsMixin.test_add_signal_handler',
    'signals EventLoopTestsMixin.test_signal_handling_args',
    'signals SelectorEventLoopSignalTests.test_add_signal_handler_coroutine_error',
    'signals SelectorEventLoopSignalTests.test_add_signal_handler_install_error2',
    'signals SelectorEventLoopSignalTests.test_remove_signal_handler',
    'signals SelectorEventLoopSignalTests.test_our_second_handler_replaces_the_first',
  ],
};

/** `file Class.test_name` → why it fails. */
export const known: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(kinds).flatMap(([reason, keys]) => keys.map((key) => [key, reason])),
);
