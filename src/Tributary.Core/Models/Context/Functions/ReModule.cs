using System.Text.RegularExpressions;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary><c>modules.re</c>: Python's regular expressions by .NET's, bounded in time.</summary>
internal sealed class ReModule : ContextObject
{
    private static readonly MemberTable<ReModule> Members = new()
    {
        ["match"] = _ => Method("match", "pattern, string, flags=0", a => AtStart(Make(a[0], a.Integer(2)), a.Text(1))),
        ["fullmatch"] = _ => Method("fullmatch", "pattern, string, flags=0", a => Found(Make(a[0], a.Integer(2), @"\A(?:", @")\z").Match(a.Text(1)))),
        ["search"] = _ => Method("search", "pattern, string, flags=0", a => Found(Make(a[0], a.Integer(2)).Match(a.Text(1)))),
        ["findall"] = _ => Method("findall", "pattern, string, flags=0", a => FindAll(Make(a[0], a.Integer(2)), a.Text(1))),
        ["finditer"] = _ => Method("finditer", "pattern, string, flags=0", a => Make(a[0], a.Integer(2)).Matches(a.Text(1)).Select(Found).ToList()),
        ["split"] = _ => Method("split", "pattern, string, maxsplit=0, flags=0", a => Make(a[0], a.Integer(3)).Split(a.Text(1), a.Integer(2) > 0 ? a.Integer(2) + 1 : 0).ToList<object?>()),
        ["sub"] = _ => Method("sub", "pattern, repl, string, count=0, flags=0", a => Replace(Make(a[0], a.Integer(4)), a[1], a.Text(2), a.Integer(3))),
        ["escape"] = _ => Method("escape", "pattern", a => Regex.Replace(a.Text(0), @"[()\[\]{}?*+\-|^$\\.&~#\s]", @"\$&")),
        ["compile"] = _ => Method("compile", "pattern, flags=0", a => new CompiledPattern(Make(a[0], a.Integer(1)))),
        ["ASCII"] = _ => 256L,
        ["A"] = _ => 256L,
        ["IGNORECASE"] = _ => 2L,
        ["I"] = _ => 2L,
        ["MULTILINE"] = _ => 8L,
        ["M"] = _ => 8L,
        ["DOTALL"] = _ => 16L,
        ["S"] = _ => 16L,
        ["VERBOSE"] = _ => 64L,
        ["X"] = _ => 64L,
    };

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public override string TypeName => "module";

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    private static Regex Make(object? pattern, int flags, string before = "", string after = "")
    {
        if (pattern is CompiledPattern compiled) return before.Length == 0 ? compiled.Regex : new Regex(before + compiled.Regex + after, compiled.Regex.Options, Limit);
        var options = RegexOptions.CultureInvariant;
        if ((flags & 2) != 0) options |= RegexOptions.IgnoreCase;
        if ((flags & 8) != 0) options |= RegexOptions.Multiline;
        if ((flags & 16) != 0) options |= RegexOptions.Singleline;
        if ((flags & 64) != 0) options |= RegexOptions.IgnorePatternWhitespace;
        try
        {
            // Python names groups (?P<name>…) and refers to them by (?P=name).
            var text = (pattern as string ?? "").Replace("(?P<", "(?<", StringComparison.Ordinal).Replace(@"\Z", @"\z", StringComparison.Ordinal);
            return new Regex(before + Regex.Replace(text, @"\(\?P=(\w+)\)", @"\k<$1>") + after, options, Limit);
        }
        catch (ArgumentException error)
        {
            throw new TemplateException($"this is no regular expression: {error.Message}");
        }
    }

    /// <summary>The first match is the one at the very start, when there is one.</summary>
    private static MatchValue? AtStart(Regex regex, string text) => regex.Match(text) is { Success: true, Index: 0 } match ? new MatchValue(match) : null;

    private static MatchValue? Found(Match match) => match.Success ? new MatchValue(match) : null;

    private static List<object?> FindAll(Regex regex, string text)
    {
        var groups = regex.GetGroupNumbers().Length - 1;
        return [.. regex.Matches(text).Select(match => groups switch
        {
            0 => match.Value,
            1 => match.Groups[1].Value,
            _ => (object)new JinjaTuple([.. match.Groups.Cast<Group>().Skip(1).Select(group => group.Value)]),
        })];
    }

    private static string Replace(Regex regex, object? replacement, string text, int count)
    {
        var with = Regex.Replace((replacement as string ?? "").Replace("$", "$$", StringComparison.Ordinal), @"\\g<(\w+)>|\\(\d)", "$${$1$2}");
        return regex.Replace(text, with, count == 0 ? -1 : count);
    }

    /// <summary>What <c>re.compile()</c> gives.</summary>
    private sealed class CompiledPattern(Regex regex) : ContextObject
    {
        public Regex Regex => regex;

        public override string TypeName => "Pattern";

        public override bool TryGetAttribute(string name, out object? value)
        {
            value = null;
            if (name == "pattern") value = regex.ToString();
            else if (name == "sub") value = Method("sub", "repl, string, count=0", a => Replace(regex, a[0], a.Text(1), a.Integer(2)));
            else if (name is "match" or "fullmatch" or "search" or "findall" or "finditer" or "split")
                value = Method(name, "string", a => Members[name](new ReModule()) is Function function ? function.Call(new CallArguments(a.Context, this, a[0])) : null);
            return value is not null;
        }
    }

    /// <summary>One match with its groups.</summary>
    private sealed class MatchValue(Match match) : ContextObject
    {
        public override string TypeName => "Match";

        public override string ToString() => $"<re.Match object; span=({match.Index}, {match.Index + match.Length})>";

        public override bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "group" => Method("group", "*groups", a => a.Rest.Count switch
                {
                    0 => match.Value,
                    1 => Group(a.Rest[0]),
                    _ => new JinjaTuple([.. a.Rest.Select(Group)]),
                }),
                "groups" => Method("groups", "default=None", a => new JinjaTuple([.. match.Groups.Cast<Group>().Skip(1).Select(group => group.Success ? group.Value : a[0])])),
                "groupdict" => Method("groupdict", "", _ => Named()),
                "start" => Method("start", "group=0", a => (long)match.Groups[a.Integer(0)].Index),
                "end" => Method("end", "group=0", a => (long)(match.Groups[a.Integer(0)].Index + match.Groups[a.Integer(0)].Length)),
                "span" => Method("span", "", _ => new JinjaTuple((long)match.Index, (long)(match.Index + match.Length))),
                _ => null,
            };
            return value is not null;
        }

        public override bool TryGetItem(object? key, out object? value)
        {
            value = Group(key);
            return true;
        }

        private string? Group(object? key)
        {
            var group = key is long number ? match.Groups[(int)number] : match.Groups[PythonText.Of(key)];
            return group.Success ? group.Value : null;
        }

        private JinjaDict Named()
        {
            var dict = new JinjaDict();
            foreach (var group in match.Groups.Cast<Group>().Where(group => !char.IsAsciiDigit(group.Name[0]))) dict[group.Name] = group.Success ? group.Value : null;
            return dict;
        }
    }
}
