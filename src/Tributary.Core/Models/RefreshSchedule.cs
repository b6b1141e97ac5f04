using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Models;

/// <summary>A materialized view that says by <c>meta.tributary.schedule</c> when a clock would refresh it. <paramref name="HasKey"/>: a unique index lets readers go on meanwhile.</summary>
public sealed record RefreshSchedule(string Name, Relation Relation, string Cron, bool HasKey, SourcePosition At);
