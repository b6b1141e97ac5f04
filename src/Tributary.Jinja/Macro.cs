using Tributary.Jinja.Rendering;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;

namespace Tributary.Jinja;

/// <summary>A macro, generic test or materialization of a parsed file. Immutable; <see cref="Bind"/> makes it callable.</summary>
public sealed class Macro
{
    private readonly MacroParameter[] parameters;
    private readonly ScopedBody body;

    internal Macro(Location at, string name, MacroParameter[] parameters, ScopedBody body)
    {
        (At, Name, this.parameters, this.body) = (at, name, parameters, body);
    }

    public string Name { get; }

    public MacroKind Kind { get; internal init; }

    /// <summary>The adapter of a materialization: "default" unless it says another.</summary>
    public string Adapter { get; internal init; } = "default";

    /// <summary>The languages that a materialization supports, where it says so.</summary>
    public IReadOnlyList<string> SupportedLanguages { get; internal init; } = [];

    public IReadOnlyList<MacroParameter> Parameters => parameters;

    public IReadOnlyList<Statement> Body => body.Statements;

    public SourcePosition Position => At.Source.PositionOf(At.Offset);

    /// <summary>The macro as it stands in the file, with its tags.</summary>
    public string Text => At.Source.Text[At.Offset..End];

    internal Location At { get; }

    internal int End { get; init; }

    internal IEnumerable<Node> Nodes => parameters.Select(p => p.Default).OfType<Node>().Concat(body.Statements);

    /// <summary>The file's own variables, in case it sets any outside its macros.</summary>
    internal Template? Library { get; set; }

    /// <summary>The macro as a value that can be called; it reads the globals of the context at the time of each call.</summary>
    public ICallable Bind(TemplateContext context) => new BoundMacro(this, context, null);

    internal object? Run(TemplateContext context, Frame? outer, CallArguments arguments)
    {
        var frame = new Frame(context, body.Scope.Layout, outer, Name);
        context.Enter(frame);
        try
        {
            MacroArguments.Lay(this, frame, arguments);
            var completion = Rendering.Body.Capture(body.Statements, frame, out var text);
            return completion == Completion.Return ? frame.Returned : text;
        }
        catch (TemplateException e) when (context.Locate(e))
        {
            throw;
        }
        catch (ReturnSignal signal) when (Kind != MacroKind.CallBlock)
        {
            return signal.Value;
        }
        finally
        {
            context.Leave(frame);
        }
    }

    internal MacroParameter[] ParameterArray => parameters;

    internal NameScope Scope => body.Scope;
}
