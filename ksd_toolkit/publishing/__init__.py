"""Write what was found: papers, pages, workbooks and forms."""
