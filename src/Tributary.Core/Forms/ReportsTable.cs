namespace Tributary.Core.Forms;

/// <summary>The raw table with the reports, as a template names its changes, and its columns for the key and the document.</summary>
public sealed record ReportsTable(string Changes, string Id, string Document);
