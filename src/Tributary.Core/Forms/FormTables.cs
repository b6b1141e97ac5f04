using System.Text.RegularExpressions;
using Tributary.Core.Text;

namespace Tributary.Core.Forms;

/// <summary>
/// The tables of all forms, from every version of their definitions that is known, oldest first. A column's name goes to the field that had it first:
/// its own name when that is free, else its whole path; a table's to the form that was known first. So a new version adds columns and renames none, and a column whose field is gone stays.
/// </summary>
internal sealed partial class FormTables(string prefix)
{
    private readonly ColumnNames names = new([]);

    public static IReadOnlyList<FormTable> Of(string prefix, IEnumerable<FormDefinition> versions)
    {
        var tables = new FormTables(prefix);
        return [.. versions.GroupBy(version => version.Form, StringComparer.Ordinal).SelectMany(form => tables.Tables([.. form]))];
    }

    private IEnumerable<FormTable> Tables(IReadOnlyList<FormDefinition> versions)
    {
        var fields = new OrderedDictionary<(string Key, string List), (FormField Newest, FormType Type, int Version)>();
        for (var i = 0; i < versions.Count; i++)
        {
            foreach (var field in versions[i].Fields)
            {
                var key = (field.Key, field.ListKey);
                fields[key] = (field, fields.TryGetValue(key, out var known) ? Common(known.Type, field.Type) : field.Type, i);
            }
        }
        var newest = versions[^1];
        var main = names.Take(Identifier.Shorten(prefix + Plain(newest.Form)));
        foreach (var list in fields.Values.GroupBy(field => field.Newest.ListKey).OrderBy(list => list.Key.Length > 0))
        {
            var first = list.First().Newest;
            var name = list.Key.Length == 0 ? main : names.Take(Identifier.Shorten($"{main}_{Plain(list.Key)}"));
            yield return Table(name, newest, list.Key, first.Lists, [.. list.Select(field => (field.Newest, field.Type, field.Version == versions.Count - 1))]);
        }
    }

    private static FormTable Table(string name, FormDefinition newest, string list, IReadOnlyList<int> lists, IReadOnlyList<(FormField Newest, FormType Type, bool IsCurrent)> fields)
    {
        var taken = new ColumnNames(list.Length == 0 ? FormSql.ReportColumns.Select(column => column.Name) : ["uuid"]);
        foreach (var ours in (string[])["_unknown", "_errors"]) taken.Take(ours);
        List<string> positions = [.. lists.Select(depth => taken.Take(depth == lists[^1] ? "position" : $"{Plain(fields[0].Newest.Path[depth - 1])}_position"))];
        var columns = fields.Take(FormTable.MostColumns).Select(field => new FormColumn(NameOf(field.Newest, taken), field.Newest, field.Type, field.IsCurrent)).ToList();
        return new FormTable(name, newest, list, lists, positions, columns);
    }

    /// <summary>What the app itself puts in (who asked, ids of the form) goes by its whole path: such names say little alone.</summary>
    private static string NameOf(FormField field, ColumnNames taken)
    {
        var relative = field.Lists.Count == 0 ? field.Path : [.. field.Path.Skip(field.Lists[^1])];
        var whole = Plain(string.Join('_', relative));
        var own = relative[0] is "inputs" or "meta" ? whole : Plain(relative[^1]);
        var room = field.Type == FormType.Point ? "_longitude".Length : 0;
        return taken.Has(own) ? taken.Take(ColumnNames.Cut(whole, Identifier.MaxBytes - room)) : taken.Take(ColumnNames.Cut(own, Identifier.MaxBytes - room));
    }

    /// <summary>The type that holds the values of both.</summary>
    private static FormType Common(FormType one, FormType other) => (one, other) switch
    {
        _ when one == other => one,
        (FormType.Integer, FormType.Decimal) or (FormType.Decimal, FormType.Integer) => FormType.Decimal,
        (FormType.Date, FormType.DateTime) or (FormType.DateTime, FormType.Date) => FormType.DateTime,
        (FormType.Contact or FormType.Text, FormType.Choice) or (FormType.Choice, FormType.Contact or FormType.Text) => FormType.Choice,
        _ => FormType.Text,
    };

    private static string Plain(string name)
    {
        var plain = NotPlain().Replace(name.ToLowerInvariant(), "_");
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? "n" + plain : plain;
    }

    [GeneratedRegex("[^a-z0-9_]")]
    private static partial Regex NotPlain();
}
