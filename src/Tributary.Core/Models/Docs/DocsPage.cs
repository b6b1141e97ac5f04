using System.Net;
using System.Text;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Docs;

/// <summary>Puts the page together from the files beside it: one HTML file that needs nothing else but its data.</summary>
internal static class DocsPage
{
    public const string Name = "index.html";

    /// <summary>The data, as a script beside the page: a page that was opened as a file may load it.</summary>
    public const string DataName = "docs_data.js";

    public const string StaticName = "static_index.html";

    /// <summary>The page; with <paramref name="data"/> in it, or loading it from the file beside.</summary>
    public static string Of(string title, string? data = null)
    {
        var script = new StringBuilder();
        foreach (var name in Scripts()) script.Append(Sql.Read(name)).Append('\n');
        return Sql.Read("Models/Docs/Site/index.html")
            .Replace("{{title}}", WebUtility.HtmlEncode(title), StringComparison.Ordinal)
            .Replace("{{style}}", Sql.Read("Models/Docs/Site/style.css"), StringComparison.Ordinal)
            .Replace("{{data}}", data is null ? $"<script src=\"{DataName}\"></script>" : $"<script>{data}</script>", StringComparison.Ordinal)
            .Replace("{{script}}", script.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Scripts() => typeof(DocsPage).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("Models/Docs/Site/", StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
        .OrderBy(name => int.Parse(Path.GetFileName(name).Split('-')[0], System.Globalization.CultureInfo.InvariantCulture));
}
