"""What it means: review or plan, order or report, goal or result, who must act and by when."""
