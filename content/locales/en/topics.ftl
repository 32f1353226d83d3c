# The topics that group /tips. Each is a button, so 34 characters at most.

topic-causes = What may add to it
topic-habits = Every day
topic-running = Around your run
topic-moving = Keep it moving
topic-strength = Build some strength
topic-easing = Ease it at home
topic-help = Get someone to look
