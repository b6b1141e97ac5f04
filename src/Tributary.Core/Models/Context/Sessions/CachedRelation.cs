namespace Tributary.Core.Models.Context.Sessions;

/// <summary>
/// A relation that stands: its kind in dbt's words, and whether nothing hangs on it that a replacement would have to take over
/// (views, grants, comments, indexes, triggers, …), as far as was known when it was listed.
/// </summary>
internal sealed record CachedRelation(string Kind, bool IsBare);
