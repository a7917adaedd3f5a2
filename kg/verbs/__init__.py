"""What each verb answers. Touches an open graph or a case, and no stream."""
