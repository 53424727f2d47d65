"""Who somebody is: passwords, sessions, and adding people; below the areas, which all may use it."""
