using System.Net;
using System.Text.RegularExpressions;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors.Fhir;

/// <summary>What can be wrong in the configuration of a FHIR server, said before it is asked anything.</summary>
internal static partial class FhirServerCheck
{
    public static void Run(FhirServer server, Validation check)
    {
        CheckStreams(server, check);
        CheckAddresses(server, check);
        CheckExport(server, check);
        if (server.Overlap < TimeSpan.Zero || server.Overlap > TimeSpan.FromDays(30)) check.Refuse("overlap", "expected 0s to 30d");
        if (server.Timeout <= TimeSpan.Zero || server.Timeout > TimeSpan.FromHours(1)) check.Refuse("timeout", "expected more than 0s and at most 1h");
        if (server.ReconcileEvery < TimeSpan.Zero) check.Refuse("reconcile_every", "expected 0s or more");
        if (server.Count is < 1 or > 10_000) check.Refuse("count", "expected 1 to 10000");
        if (server.Parallel is < 1 or > 64) check.Refuse("parallel", "expected 1 to 64");
        if (server.RequestsPerSecond is <= 0 or > 10_000) check.Refuse("requests_per_second", "expected more than 0 and at most 10000");
    }

    private static void CheckStreams(FhirServer server, Validation check)
    {
        foreach (var type in server.Streams.Keys.Where(type => !FhirResource.IsTypeName(type)))
            check.Refuse("streams", $"'{type}' is no FHIR resource type", "Types are words such as Patient or QuestionnaireResponse.");
        foreach (var type in server.Streams.Keys)
        {
            if (ResourceTypes.Meant(type) is { } meant) check.Refuse("streams", $"'{type}' is no FHIR resource type", $"Did you mean '{meant}'?");
        }
        foreach (var stream in server.ListStreams().Where(stream => stream.Disposition == Disposition.Append))
        {
            check.Refuse("streams", $"{stream.Name} has disposition append, and a server gives some records more than once",
                "Take merge; with history: true every version is kept as well.");
        }
        foreach (var stream in server.ListStreams().Where(stream => stream.Settings.Files is not null))
            check.Refuse("streams", $"{stream.Name} names files, which a server does not have");
        foreach (var (type, filter) in server.Filters)
        {
            if (!server.Streams.ContainsKey(type)) check.Refuse("filters", $"{type} is no stream of this source");
            if (!Filter().IsMatch(filter)) check.Refuse("filters", $"the filter of {type} is no search such as category=survey&status=final");
            else if (Queries.Names(filter).Any(name => name.StartsWith('_') && name is not ("_tag" or "_security" or "_profile" or "_source" or "_has")))
                check.Refuse("filters", $"the filter of {type} sets a parameter that the load sets itself");
        }
    }

    private static void CheckAddresses(FhirServer server, Validation check)
    {
        if (!Uri.TryCreate(server.Base, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            check.Refuse("base", "expected an address such as https://fhir.example.org/r4");
        else if (address.UserInfo.Length > 0) check.Refuse("base", "holds a user or password", "Put them under `auth:` as ${NAME}, and change the password.");
        else if (address.Query.Length + address.Fragment.Length > 0) check.Refuse("base", "holds a query, expected the address alone");
        else if (server.Auth is not null && address.Scheme == "http" && !IsThisMachine(address))
            check.Refuse("base", "would carry a secret over http, which anybody on the way can read", "Use https.");
        foreach (var host in server.Hosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
            check.Refuse("hosts", $"'{host}' is no host name", "Names such as files.example.org, without https:// and path.");
    }

    internal static bool IsThisMachine(Uri address) =>
        address.Host is "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static void CheckExport(FhirServer server, Validation check)
    {
        if (server.Mode == ReadingMode.Export && server.Deletions == DeletionMode.History)
            check.Refuse("deletions", "history is not read in mode export", "Take mode: auto (first export, then history) or deletions: reconcile.");
        if (server.Export.Level == ExportLevel.Group && server.Export.Group is null) check.Refuse("export", "level group needs the group's id as `group`");
        if (server.Export.Level != ExportLevel.Group && server.Export.Group is not null) check.Refuse("export", "`group` needs level group");
        if (server.Export.Group is { } group && !Id().IsMatch(group)) check.Refuse("export", "group is no id: letters, digits, - and . up to 64");
        if (server.Export.Level != ExportLevel.System && server.Mode != ReadingMode.Export)
            check.Refuse("export", "a level other than system needs mode: export, because a search would read more than that");
    }

    [GeneratedRegex(@"^[A-Za-z0-9\-\.]{1,64}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[^&=\s#?]+=[^&\s#]*(&[^&=\s#?]+=[^&\s#]*)*\z")]
    private static partial Regex Filter();
}
