from nbgrader.api import Gradebook

with Gradebook('sqlite:///gradebook.db') as gradebook:
    submission = gradebook.find_submission('ps1', 'ada')
    print(f'score {submission.score} of {submission.max_score}')
