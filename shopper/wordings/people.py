"""What is refused about people and accounts."""

from shopper.language import lazy

WORDS = {
    "email_taken": lazy("Somebody already has this e-mail."),
    "bad_email": lazy("This is not an e-mail address."),
    "roles_clash": lazy("A shopper or a client user has no other role."),
    "client_user_needs_client": lazy("Choose a client for a client user, and for nobody else."),
    "no_such_client": lazy("There is no client called %(name)s."),
    "roles_stay": lazy("Office people keep at least one office role; shoppers and client users keep theirs."),
    "last_owner": lazy("Nobody else could sign in as owner then. Make somebody else an owner first."),
    "not_of_this_client": lazy("One of these places does not belong to the client any more. Choose again."),
    "has_password": lazy("This person has a password already, so there is nothing to invite to."),
    "account_closed": lazy("Open the account again first."),
    "own_account": lazy("You cannot close your own account."),
}
