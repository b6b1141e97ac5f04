using Tributary.Jinja.Parsing;
using Tributary.Jinja.Rendering;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja;

/// <summary>
/// A parsed template of the language that dbt uses (Jinja 2). The whole way is: text → tokens (<c>Lexing</c>) → tree with
/// positions (<c>Parsing</c>, <c>Syntax</c>) → text (<c>Rendering</c>), for example
/// <c>Template.Parse("select {{ 1 + 1 }}", "model.sql").Render(new TemplateContext(scope))</c> is <c>select 2</c>.
/// Immutable: it may be kept, shared by threads and rendered any number of times. Errors are <see cref="TemplateException"/>s.
/// </summary>
public sealed class Template
{
    private readonly SourceText source;
    private readonly TemplateRules rules;
    private TemplateTree? tree;

    private Template(SourceText source, TemplateRules rules, string? snapshot = null, TemplateTree? tree = null) =>
        (this.source, this.rules, Snapshot, this.tree) = (source, rules, snapshot, tree);

    public string FileName => source.FileName;

    /// <summary>The text of which it was made.</summary>
    public string Text => source.Text;

    /// <summary>The snapshot block of the text whose body this is; null: the text is the template.</summary>
    public string? Snapshot { get; }

    /// <summary>It was read as a file of macros.</summary>
    public bool IsLibrary => rules.IsLibrary;

    public IReadOnlyList<Statement> Body => Tree.Body;

    /// <summary>The macros, tests and materializations that the file defines.</summary>
    public IReadOnlyList<Macro> Macros => Tree.Macros;

    public IReadOnlyList<DocsStatement> Docs => Tree.Docs;

    public IReadOnlyList<SnapshotStatement> Snapshots => Tree.Snapshots;

    /// <summary>Every call in the text, in its order, bodies of macros included: to find ref(), source(), config() without rendering.</summary>
    public IEnumerable<CallExpression> Calls => Body.SelectMany(s => s.DescendantsAndSelf()).OfType<CallExpression>();

    private TemplateTree Tree => tree ?? Read();

    /// <summary>Parses a template that is to be rendered. Its macros see its variables and one another.</summary>
    public static Template Parse(string text, string fileName, TemplateLimits? limits = null, TemplateSyntax? syntax = null) =>
        Parse(new SourceText(fileName, text), new TemplateRules(syntax ?? TemplateSyntax.Default, limits ?? TemplateLimits.Default, false));

    /// <summary>
    /// Parses a file of macros. They find one another only through the globals of the context that calls them, so that the host
    /// decides, at the time of each call, which macro a name means.
    /// </summary>
    public static Template ParseLibrary(string text, string fileName, TemplateLimits? limits = null, TemplateSyntax? syntax = null) =>
        Parse(new SourceText(fileName, text), new TemplateRules(syntax ?? TemplateSyntax.Default, limits ?? TemplateLimits.Default, true));

    /// <summary>A template whose text was found right before (and is the same still): it is read when something of it is asked for.</summary>
    public static Template Deferred(string text, string fileName, bool isLibrary, string? snapshot = null) =>
        new(new SourceText(fileName, text), new TemplateRules(TemplateSyntax.Default, TemplateLimits.Default, isLibrary), snapshot);

    /// <summary>Reads a deferred template now, so that whoever renders it need not.</summary>
    public void ReadAhead() => _ = Tree;

    internal static Template OfSnapshot(SourceText source, TemplateRules rules, string name, TemplateTree tree) => new(source, rules, name, tree);

    public string Render(TemplateContext context)
    {
        var buffer = WrittenText.Rent();
        Run(context, new Output(context, buffer));
        var text = buffer.ToString();
        WrittenText.Return(buffer);
        return text;
    }

    /// <summary>
    /// The value of a template that is one <c>{{ expression }}</c>, with the type that the expression gives it; the text of any other
    /// template. The filters as_number, as_bool and as_native turn text into the value that it spells.
    /// </summary>
    public object? Evaluate(TemplateContext context)
    {
        if (Body is not [OutputStatement { Expression: var expression }]) return Render(context);
        object? value = null;
        RunIn(new Frame(context, Tree.Layout, null, null), frame => value = NativeValue.Of(expression, frame));
        return value;
    }

    /// <summary>Runs what stands outside the macros of a library, for its variables; null when there are none.</summary>
    internal Frame? RunOutside(TemplateContext context) => Run(context, new Output(context, new WrittenText()));

    private static Template Parse(SourceText source, TemplateRules rules)
    {
        var template = new Template(source, rules);
        template.Read();
        return template;
    }

    /// <summary>Two threads may both read it: the first one's tree stays, because macros point back at it.</summary>
    private TemplateTree Read()
    {
        var read = TemplateParser.Parse(source, rules);
        if (Snapshot is not null) read = read.Snapshots.First(block => block.Name == Snapshot).Template.Tree;
        if (Interlocked.CompareExchange(ref tree, read, null) is { } other) return other;
        if (read.Layout.Count == 0) return read;
        foreach (var macro in read.Macros) macro.Library = this;
        return read;
    }

    private Frame Run(TemplateContext context, Output output)
    {
        var frame = new Frame(context, Tree.Layout, null, null);
        RunIn(frame, f => Rendering.Body.Render(Tree.Body, f, output));
        return frame;
    }

    private static void RunIn(Frame frame, Action<Frame> work)
    {
        frame.Context.Enter(frame);
        try
        {
            work(frame);
        }
        catch (TemplateException e) when (frame.Context.Locate(e))
        {
            throw;
        }
        catch (ReturnSignal e)
        {
            var error = new TemplateException(e.Message, "return() ends a macro; a template has only its text.");
            frame.Context.Locate(error);
            throw error;
        }
        finally
        {
            frame.Context.Leave(frame);
        }
    }
}
