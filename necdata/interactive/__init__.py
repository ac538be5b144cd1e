"""Questions put to a corpus with widgets in JupyterLab."""
