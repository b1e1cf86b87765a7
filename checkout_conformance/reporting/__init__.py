"""What a run leaves behind: Allure results, pages, evidence."""
