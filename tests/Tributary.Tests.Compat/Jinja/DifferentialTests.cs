using System.Diagnostics;
using System.Text.Json;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Tests.Compat.Jinja;

/// <summary>Templates grown by chance give the same text here and in Python's Jinja 2, or fail in both.</summary>
public sealed class DifferentialTests
{
    private const int Batch = 2_000;

    /// <summary>Has python3-jinja2 where another Python stands first on the path.</summary>
    private const string DebiansPython = "/usr/bin/python3";

    private sealed record Answer(bool Failed, string Text);

    /// <summary>TRIBUTARY_LONG (./test long) asks for many more than the usual two thousand.</summary>
    private static int Count => Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is null ? 2_000 : 50_000;

    [Fact]
    public async Task Generated_templates_agree_with_Python_s_Jinja()
    {
        var differences = new List<string>();
        for (var first = 0; first < Count; first += Batch)
        {
            string[] templates = [.. Enumerable.Range(first, Math.Min(Batch, Count - first)).Select(GeneratedTemplate.Of)];
            var theirs = await PythonAsync("python3", templates) ?? await PythonAsync(DebiansPython, templates);
            if (theirs is null) Assert.Fail("Python's Jinja 2 is not installed: ./setup tests, or apt-get install python3-jinja2.");
            for (var i = 0; i < templates.Length; i++)
            {
                if (Exclusions.Reason(templates[i], theirs[i].Text) is null && Ours(templates[i]) is var ours && Differ(ours, theirs[i]))
                    differences.Add($"#{first + i}\n{templates[i]}\n--- Python\n{theirs[i].Text}\n--- here\n{ours.Text}\n");
            }
        }
        Assert.True(differences.Count == 0, $"{differences.Count} differ:\n{string.Join("\n", differences.Take(8))}");
    }

    private static bool Differ(Answer ours, Answer theirs) => ours.Failed != theirs.Failed || (!ours.Failed && ours.Text != theirs.Text);

    private static Answer Ours(string template)
    {
        var scope = new Scope();
        foreach (var (key, value) in (JinjaDict)HostValue.From(JsonDocument.Parse(GeneratedTemplate.Context).RootElement)!) scope[(string)key!] = value;
        try
        {
            var context = new TemplateContext(scope) { Undefined = UndefinedPolicy.Lenient, Cancel = TestContext.Current.CancellationToken };
            return new Answer(false, Template.Parse(template, "generated").Render(context));
        }
        catch (TemplateException error)
        {
            return new Answer(true, error.Message);
        }
    }

    /// <summary>Null when there is no such Python.</summary>
    private static async Task<Answer[]?> PythonAsync(string program, string[] templates)
    {
        var start = new ProcessStartInfo(program, [Path.Combine(AppContext.BaseDirectory, "Jinja", "render.py")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var python = Process.Start(start)!;
        var output = python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await python.StandardInput.WriteAsync(JsonSerializer.Serialize(new { context = JsonDocument.Parse(GeneratedTemplate.Context).RootElement, templates }));
            python.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything: said below.
        }
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        if ((await errors).Contains("No module named 'jinja2'", StringComparison.Ordinal)) return null;
        Assert.True(python.ExitCode == 0, await errors);
        using var answers = JsonDocument.Parse(await output);
        return [.. answers.RootElement.EnumerateArray().Select(answer => new Answer(answer[0].GetString() == "error", answer[1].GetString()!))];
    }
}
