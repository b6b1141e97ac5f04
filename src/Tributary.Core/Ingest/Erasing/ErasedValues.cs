using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;

namespace Tributary.Core.Ingest.Erasing;

/// <summary>The subjects of one source that were erased, as salted hashes: says of a value whether it is one of theirs, and never which there are.</summary>
internal sealed class ErasedValues
{
    private const int SaltBytes = 32;

    private readonly byte[] salt;
    private readonly HashSet<UInt128> hashes;

    private ErasedValues(byte[] salt, HashSet<UInt128> hashes) => (this.salt, this.hashes) = (salt, hashes);

    public bool IsEmpty => hashes.Count == 0;

    public static async Task<ErasedValues> ReadAsync(NpgsqlConnection connection, RunContext context, string source, CancellationToken cancel)
    {
        var (salt, hashes) = ((byte[]?)null, new HashSet<UInt128>());
        await using var command = Statement.Of(connection, "select salt, value_hash from tributary.erasure where project = $1 and source = $2")
            .With(NpgsqlDbType.Text, context.Key.Project).With(NpgsqlDbType.Text, source);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            salt = (byte[])rows[0];
            hashes.Add(Short((byte[])rows[1]));
        }
        return new ErasedValues(salt ?? RandomNumberGenerator.GetBytes(SaltBytes), hashes);
    }

    /// <summary><paramref name="text"/> as <see cref="SubjectText"/> has it.</summary>
    public bool Holds(string space, string text) => !IsEmpty && hashes.Contains(Short(HashOf(space, text)));

    /// <summary>Writes further subjects down, in the caller's transaction; those that are there already stay as they are.</summary>
    public async Task AddAsync(NpgsqlConnection connection, RunContext context, ErasureRequest request, string space, IReadOnlyCollection<string> texts, CancellationToken cancel)
    {
        await Statement.Of(connection, """
            insert into tributary.erasure (project, source, space, salt, value_hash, run_id, who, reason, erased_at)
            select $1, $2, $3, $4, h, $6, $7, $8, $9 from unnest($5) h
            on conflict do nothing
            """)
            .With(NpgsqlDbType.Text, context.Key.Project).With(NpgsqlDbType.Text, request.Source).With(NpgsqlDbType.Text, space).With(NpgsqlDbType.Bytea, salt)
            .With(NpgsqlDbType.Array | NpgsqlDbType.Bytea, texts.Select(text => HashOf(space, text)).ToArray()).With(NpgsqlDbType.Text, context.RunId)
            .With(NpgsqlDbType.Text, request.Who).With(NpgsqlDbType.Text, request.Reason).With(NpgsqlDbType.TimestampTz, context.Clock.GetUtcNow().UtcDateTime)
            .RunAsync(cancel);
    }

    private byte[] HashOf(string space, string text) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes($"{space}={text}")]);

    private static UInt128 Short(byte[] hash) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
}
