"""Jupyter's own suite for kernels, with a sample for each of its hooks.

The base classes stay behind their module's name: imported by name they would be collected, and start ipykernel.
"""

from unittest.mock import patch

import jupyter_kernel_test

# The suite allows 0.1 s for an output and for idle after the reply: on a machine that also runs other tests that
# would measure the machine. The kernel's own tests check when idle comes.
PATIENCE = 3.0


class TypeScriptTests(jupyter_kernel_test.KernelTests):
    kernel_name = "cokernel"
    language_name = "typescript"
    file_extension = ".ts"

    def execute_helper(self, *args, **kwargs):
        channel = self.kc.iopub_channel
        get = channel.get_msg
        with patch.object(channel, "get_msg", lambda timeout: get(timeout=max(timeout, PATIENCE))):
            return super().execute_helper(*args, **kwargs)

    def test_completion(self):
        # While its language server starts, the kernel answers within a second without it. On a busy machine that is
        # every question of the suite.
        for _ in range(60):
            self.kc.complete("parseI")
            if "parseInt" in self.get_non_kernel_info_reply(timeout=10)["content"]["matches"]:
                break
        super().test_completion()

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"
    code_page_something = "jupyter.page('a long text')"
    code_generate_error = "throw new RangeError('out of range')"
    code_clear_output = "clearOutput()"
    code_inspect_sample = "parseInt"

    # History's tests want as many entries as there are samples, at least three of which match the pattern,
    # and exactly one distinct entry that does.
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "6 * 7 as number", "result": "42"},
        {"code": "const greeting: string = 'hi'; greeting", "result": "'hi'"},
        {"code": "await Promise.resolve([1, 2])", "result": "[ 1, 2 ]"},
        {"code": "html('<b>bold</b>')", "result": "<b>bold</b>", "mime": "text/html"},
    ]
    code_history_pattern = "6 [*] 7*"
    supported_history_operations = ("tail", "range", "search")

    code_display_data = [
        {"code": "display({ a: 1 })", "mime": "text/plain"},
        {"code": "display(html('<b>bold</b>'))", "mime": "text/html"},
        {"code": "display(markdown('# Title'))", "mime": "text/markdown"},
        {"code": "display(latex`\\frac{1}{2}`)", "mime": "text/latex"},
        {"code": "display(json({ a: [1] }))", "mime": "application/json"},
        {"code": "display(svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))", "mime": "image/svg+xml"},
        {"code": "display(table([{ name: 'Ada' }]))", "mime": "text/html"},
        {
            "code": "display(image(Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
            "awAAAABJRU5ErkJggg==', 'base64')))",
            "mime": "image/png",
        },
    ]

    completion_samples = [
        {"text": "parseI", "matches": {"parseInt"}},
        {"text": "Number.isS", "matches": {"isSafeInteger"}},
        {"text": "'text'.toUpper", "matches": {"toUpperCase"}},
        {"text": "jupyter.setN", "matches": {"setNextInput"}},
    ]

    complete_code_samples = [
        "1",
        "console.log('hello, world')",
        "const f = (x: number): number => x * 2",
        "interface Point { x: number }",
        "await Promise.resolve(1)",
        "// only a comment",
        "",
    ]
    incomplete_code_samples = [
        "const f = () => {",
        "console.log('hello',",
        "`a template",
        "interface Point {",
        "if (true) {\n  console.log(1)",
        "/* a comment",
    ]
    invalid_code_samples = [
        "const = 3",
        "let let = 1",
        "1 +* 2",
        "foo bar",
    ]


class WelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "cokernel"
    support_iopub_welcome = True
