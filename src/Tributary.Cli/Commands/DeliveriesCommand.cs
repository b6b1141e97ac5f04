using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary>
/// <c>deliveries [--year 2025 --state CO]</c>: every file that left, with what the other side's listing showed afterwards. Any option that is
/// not one of its own is a parameter of exports.
/// </summary>
internal static class DeliveriesCommand
{
    public static Command Create()
    {
        var export = new Option<string?>("--export") { Description = "Of this export.", HelpName = "NAME" };
        var destination = new Option<string?>("--destination") { Description = "To this destination.", HelpName = "NAME" };
        var file = new Option<string?>("--file") { Description = "Files whose name matches.", HelpName = "GLOB" };
        var since = new Option<string?>("--since") { Description = "Delivered at or after this instant.", HelpName = "TIME" };
        var all = new Option<bool>("--all") { Description = "Also those whose file was replaced or removed since." };
        // Every verb has dbt's --state; here it is a parameter that many exports have.
        var state = new Option<string?>("--state") { Description = "Of this value of a parameter called state.", HelpName = "VALUE" };
        var command = new Command("deliveries", "List what was delivered, newest first; --PARAMETER VALUE keeps to a value of an export's parameter, such as --year 2025 --state CO.") { export, destination, file, since, all, state };
        command.TreatUnmatchedTokensAsErrors = false;
        return command.WithAction(async (invocation, cancel) =>
        {
            var wanted = Parameters(invocation.Parsed.UnmatchedTokens);
            if (invocation.Get(state) is { } value) wanted["state"] = value;
            var glob = invocation.Get(file) is { } pattern ? new Glob(pattern) : null;
            var from = RunArguments.Instant("--since", invocation.Get(since));
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            await using var connection = await session.Context.Database.OpenAsync(cancel);
            var found = (await Deliveries.ListAsync(connection, session.Context.Key, cancel, invocation.Get(all)))
                .Where(delivery => invocation.Get(export) is not { } name || delivery.Export == name)
                .Where(delivery => invocation.Get(destination) is not { } name || delivery.Destination == name)
                .Where(delivery => glob?.IsMatch(delivery.Name) != false && (from is null || delivery.DeliveredAt >= from))
                .Where(delivery => wanted.All(one => delivery.Manifest.Parameters?.GetValueOrDefault(one.Key) == one.Value));
            Print(invocation, [.. found]);
            return 0;
        });
    }

    private static void Print(Invocation invocation, IReadOnlyList<Delivery> deliveries) => new QueryTable(
        ["export", "parameters", "track", "destination", "name", "rows", "bytes", "sha256", "as_of", "delivered", "seen_bytes", "seen", "run"],
        [.. deliveries.Select(delivery => new object?[]
        {
            delivery.Export, Words(delivery.Manifest.Parameters), delivery.Track, delivery.Destination, delivery.Name, delivery.Rows, delivery.Bytes,
            invocation.AsJson ? delivery.Sha256 : delivery.Sha256[..12], delivery.AsOf.UtcDateTime, delivery.DeliveredAt.UtcDateTime,
            delivery.Manifest.Seen?.Bytes, delivery.Manifest.Seen?.At.UtcDateTime, delivery.RunId,
        })]).Print(invocation);

    private static string Words(IReadOnlyDictionary<string, string>? parameters) =>
        string.Join(' ', (parameters ?? new Dictionary<string, string>()).Select(one => $"{one.Key}={one.Value}"));

    /// <summary><c>--name value</c> and <c>--name=value</c>.</summary>
    private static Dictionary<string, string> Parameters(IReadOnlyList<string> tokens)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < tokens.Count; i++)
        {
            var split = tokens[i].IndexOf('=', StringComparison.Ordinal);
            var value = split > 0 ? tokens[i][(split + 1)..] : i + 1 < tokens.Count && !tokens[i + 1].StartsWith("--", StringComparison.Ordinal) ? tokens[i + 1] : null;
            if (!tokens[i].StartsWith("--", StringComparison.Ordinal) || value is null)
                throw new UserErrorException(ErrorCodes.InvalidValue, null, $"'{Excerpt.Of(tokens[i])}' is not --PARAMETER VALUE.", "Example: tributary deliveries --year 2025 --state CO");
            found[(split > 0 ? tokens[i][..split] : tokens[i])[2..]] = value;
            if (split <= 0) i++;
        }
        return found;
    }
}
