namespace Tributary.Core.Models;

/// <summary>A node's SQL as the warehouse would get it, and the file in which it was written for reading.</summary>
public sealed record CompiledModel(string NodeId, string Name, string Sql, string File);
