c = get_config()  # noqa: F821
# nbgrader knows Python, R, Octave, SAS, Java and Julia. For other languages it asks for these.
c.ClearSolutions.code_stub = {'typescript': "throw new Error('not yet');"}
c.ClearSolutions.begin_solution_delimeter = 'BEGIN SOLUTION'
c.ClearSolutions.end_solution_delimeter = 'END SOLUTION'
