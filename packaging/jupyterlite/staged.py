"""Puts what .ci/lite.mjs has staged into the wheel: the extension, where JupyterLite looks for it."""

import os
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StagedFiles(BuildHookInterface):
    def initialize(self, version, build_data):
        stage = os.environ.get('COKERNEL_LITE_STAGE')
        if not stage or not Path(stage, 'static').is_dir():
            raise RuntimeError('The extension has to be staged first. Run in the clone: npm run lite')
        build_data['shared_data'][stage] = 'share/jupyter/labextensions/jupyterlite-cokernel'
