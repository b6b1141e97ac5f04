using System.Text.RegularExpressions;

namespace Tributary.Connectors.Mongo;

/// <summary>What we call things in a database that others use too: all of it begins with <c>tributary.</c>, except what readers know.</summary>
internal static partial class MongoNames
{
    /// <summary>One document a server's slices of a collection.</summary>
    public const string State = "tributary.slices";

    /// <summary>The documents of all servers and generations.</summary>
    public static string Documents(string collection) => $"tributary.{collection}";

    /// <summary>The view of one server's current generations.</summary>
    public static string Slice(string collection, string server) => $"tributary.{collection}.{server}";

    /// <summary>A server's name becomes part of names.</summary>
    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$")]
    public static partial Regex Server();

    /// <summary>A collection's name, in the characters that every tool takes.</summary>
    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_-]{0,79}$")]
    public static partial Regex Collection();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,38}$")]
    public static partial Regex Database();
}
