"""What is refused about people and accounts."""

from shopper.language import lazy

WORDS = {
    "email_taken": lazy("Somebody already has this e-mail."),
    "bad_email": lazy("This is not an e-mail address."),
    "roles_clash": lazy("A shopper or a client user has no other role."),
    "client_user_needs_client": lazy("Choose a client for a client user, and for nobody else."),
    "no_such_client": lazy("There is no client called %(name)s."),
    "own_account": lazy("You cannot close your own account."),
}
