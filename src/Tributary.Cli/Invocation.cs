using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Tributary.Cli.Output;
using Tributary.Core.Models;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Cli;

/// <summary>One call of the program: its options, its two streams (results on stdout, all else on stderr) and its clock.</summary>
internal sealed class Invocation
{
    private readonly ProgramCall call;
    private IAnsiConsole? errors;
    private IAnsiConsole? results;
    private IReadOnlyDictionary<string, string>? flags;
    private string? projectFolder;

    public Invocation(ParseResult parsed)
    {
        Parsed = parsed;
        call = parsed.InvocationConfiguration as ProgramCall ?? throw new InvalidOperationException("Verbs are called through Entry.");
        Environment = call.Environment;
        Log = new StderrLogger(call.Error, Clock, parsed.GetValue(GlobalOptions.Debug) ? Microsoft.Extensions.Logging.LogLevel.Debug : parsed.GetValue(GlobalOptions.LogLevel));
    }

    public ParseResult Parsed { get; }

    public IAnsiConsole Errors => errors ??= Stream(call.Error, call.IsErrorRedirected);

    public IAnsiConsole Results => results ??= Stream(call.Output, call.IsOutputRedirected);

    public TimeProvider Clock { get; } = TimeProvider.System;

    public StderrLogger Log { get; }

    public EnvironmentVariables Environment { get; }

    /// <summary>Every source, destination, format and mask that this program knows.</summary>
    public KindCatalog Kinds { get; } = new(KindAssemblies());

    /// <summary>Looked at when the first kind is asked for: a plain dbt project asks for none.</summary>
    private static IEnumerable<Assembly> KindAssemblies()
    {
        yield return typeof(KindCatalog).Assembly;
        yield return Assembly.Load("Tributary.Connectors");
    }

    /// <summary>A line of a template, from whichever node prints it, on stdout.</summary>
    public void Print(string text)
    {
        lock (call) call.Output.WriteLine(text);
    }

    /// <summary>A line that a template logs for everyone, on stderr.</summary>
    public void Say(string text)
    {
        lock (call) call.Error.WriteLine(text);
    }

    /// <summary>The folder that was named, else by <c>DBT_PROJECT_DIR</c>; else this one, or the nearest above it that holds a project.</summary>
    public string ProjectFolder => projectFolder ??= FindProject();

    private string FindProject()
    {
        if (Parsed.GetResult(GlobalOptions.Project) is { Implicit: false }) return Parsed.GetValue(GlobalOptions.Project)!.FullName; // it was given
        if (Environment.Find("DBT_PROJECT_DIR") is { Length: > 0 } folder) return Path.GetFullPath(folder);
        for (var at = new DirectoryInfo("."); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "tributary.yml")) || ModelFiles.Exists(at.FullName)) return at.FullName;
        }
        return Path.GetFullPath(".");
    }

    public string? Target => Parsed.GetValue(GlobalOptions.Target);

    public bool AsJson => Parsed.GetValue(GlobalOptions.Json);

    /// <summary>Colour and cursor movement only where a terminal shows them; a pipe gets long plain lines.</summary>
    private static IAnsiConsole Stream(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected) console.Profile.Width = 200;
        return console;
    }

    public T? Get<T>(Option<T> option) => Parsed.GetValue(option);

    /// <summary>The option's text, or else what dbt's environment variable of that meaning holds.</summary>
    public string? Given(Option<string?> option, string variable) => Get(option) ?? Setting(variable);

    /// <summary>What dbt's environment variable says, or else the <c>flags:</c> of the project; null when both are silent.</summary>
    public string? Setting(string variable) =>
        Environment.Find(variable) is { Length: > 0 } text ? text : (flags ??= ProjectFlags.Read(ProjectFolder)).GetValueOrDefault(variable);

    /// <summary>A switch, or else dbt's environment variable or the project's flag of that meaning.</summary>
    public bool IsOn(Option<bool> on, string variable) => Get(on) || Setting(variable)?.ToLowerInvariant() is "1" or "true" or "t" or "yes" or "y" or "on";

    /// <summary>True when environment or project switch off what is usually on.</summary>
    public bool IsOff(string variable) => Setting(variable)?.ToLowerInvariant() is "0" or "false" or "f" or "no" or "n" or "off";

    /// <summary>A switch with its opposite and dbt's environment variable; off when nothing is said.</summary>
    public bool IsOn(Option<bool> on, Option<bool> off, string variable) =>
        !Get(off) && IsOn(on, variable);

    public T? Get<T>(Argument<T> argument) => Parsed.GetValue(argument);

    public void WriteLine(string text) => call.Output.WriteLine(text);

    public void WriteJson(object value) => WriteLine(JsonSerializer.Serialize(value, JsonForm.Options));

    /// <summary>Made when the first document is written.</summary>
    private static class JsonForm
    {
        public static readonly JsonSerializerOptions Options = new()
        {
            WriteIndented = true,
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
    }
}
