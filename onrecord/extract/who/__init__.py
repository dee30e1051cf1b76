"""Who is who: names, descriptions and pronouns; roles; which mentions mean the same; places."""
