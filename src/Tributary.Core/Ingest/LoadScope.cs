using Npgsql;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest;

/// <summary>What a load of one stream works with: the session that holds its lock, the run, and what it has done so far.</summary>
internal sealed record LoadScope(NpgsqlConnection Connection, RunContext Context, SourceStream Stream, LoadTally Tally);
