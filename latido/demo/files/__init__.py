"""The company's systems as files: what a help desk, a shop, survey tools and spreadsheets export."""
