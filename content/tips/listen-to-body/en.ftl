tip-listen-to-body = Easy days count
    .how =
        Follow a hard day with an easy one. Slow down when something aches.
        Stop when it hurts, and walk home.
    .dose = One easy day or more after each hard or long run.
    .why =
        Rest between hard days gives the body time to catch up.
        This is good sense more than science.
    .stop = Stop the run if the pain rises or turns sharp.
    .not = Easy days are not enough if pain stays, grows or comes back. See a doctor.
    .line = Slow down when it aches, stop when it hurts.
