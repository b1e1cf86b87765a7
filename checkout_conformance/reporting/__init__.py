"""Make the reports of a run from its Allure results."""
