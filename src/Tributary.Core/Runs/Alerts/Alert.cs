namespace Tributary.Core.Runs.Alerts;

/// <summary>Something that somebody is told of. Names things, never values from the data.</summary>
public sealed record Alert(string Project, string Target, string Subject, string State, string Message, DateTimeOffset Since)
{
    /// <summary>The first line of a mail, and what a chat shows.</summary>
    public string Title => $"[{Project}/{Target}] {(State == "open" ? Message : $"well again: {Subject}")}";
}
