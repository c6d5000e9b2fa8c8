"""The TypeScript kernel of cokernel for JupyterLite; all of it is in share/jupyter/labextensions/jupyterlite-cokernel."""
