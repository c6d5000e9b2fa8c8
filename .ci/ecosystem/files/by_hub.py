"""Starts a hub with its proxy, has it start a server for a user, and runs the notebook there, through the proxy."""

import os
import secrets
import sys
import time

from over_socket import ask, free_port, run_cells, running

token, home = secrets.token_hex(), os.path.abspath('homes/{username}')
origin, hub_port = f'http://127.0.0.1:{free_port()}', free_port()
# Before the proxy knows of the hub it answers for it.
api = f'http://127.0.0.1:{hub_port}/hub/api'
settings = f"""
c.JupyterHub.bind_url = '{origin}'
c.JupyterHub.hub_port = {hub_port}
c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{free_port()}'
c.JupyterHub.db_url = 'sqlite:///hub.sqlite'
c.JupyterHub.spawner_class = 'simple'
c.SimpleLocalProcessSpawner.home_dir_template = '{home}'
c.Spawner.args = ['--allow-root']
c.Spawner.start_timeout = c.Spawner.http_timeout = 180
c.JupyterHub.authenticator_class = 'dummy'
c.Authenticator.allow_all = True
c.JupyterHub.services = [{{'name': 'runner', 'api_token': '{token}'}}]
c.JupyterHub.load_roles = [
    {{'name': 'runner', 'services': ['runner'], 'scopes': ['admin:users', 'admin:servers', 'access:servers']}},
]
"""
with open('jupyterhub_config.py', 'w', encoding='utf8') as file:
    file.write(settings)
with running([sys.executable, '-m', 'jupyterhub']):
    ask(f'{api}/users/ada', token, 'POST')
    ask(f'{api}/users/ada/server', token, 'POST')
    while not (at := ask(f'{api}/users/ada', token)['servers'].get('', {})).get('ready'):
        if not at.get('pending'):
            sys.exit('the server of the user has not started')
        time.sleep(0.2)
    run_cells(f'{origin}/user/ada', token, more=['process.env.JUPYTERHUB_USER'])
