"""Puts what .ci/wheel.mjs has staged into the wheel: the npm package, the kernelspec, papermill's translator."""

import os
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StagedFiles(BuildHookInterface):
    def initialize(self, version, build_data):
        stage = os.environ.get('COKERNEL_WHEEL_STAGE')
        if not stage or not Path(stage, 'npm').is_dir():
            raise RuntimeError('The npm package has to be staged first. Run in the clone: npm run wheel')
        build_data['tag'] = os.environ['COKERNEL_WHEEL_TAG']
        build_data['pure_python'] = False
        build_data['force_include'][f'{stage}/npm'] = 'cokernel/npm'
        build_data['force_include'][f'{stage}/cokernel_papermill.py'] = 'cokernel_papermill.py'
        build_data['shared_data'][f'{stage}/kernelspec'] = 'share/jupyter/kernels/cokernel'
