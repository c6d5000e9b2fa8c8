from testbook import testbook

with testbook('notebook.ipynb', execute=True, kernel_name='cokernel') as notebook:
    print(notebook.cell_output_text(1))
