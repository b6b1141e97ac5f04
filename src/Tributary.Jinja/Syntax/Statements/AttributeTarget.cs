using Tributary.Jinja.Rendering;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Syntax;

/// <summary><c>name.attribute</c> of a namespace; unlike a name it can be changed from inside a loop.</summary>
public sealed class AttributeTarget : AssignmentTarget
{
    internal AttributeTarget(Location at, NameExpression owner, string attribute)
        : base(at) => (Owner, Attribute) = (owner, attribute);

    public NameExpression Owner { get; }

    public string Attribute { get; }

    public override IEnumerable<Node> Children => [Owner];

    internal override void Assign(object? value, Frame frame)
    {
        var owner = Owner.Evaluate(frame);
        frame.Current = this;
        if (owner is IJinjaObject host && host.TrySetAttribute(Attribute, value)) return;
        throw (owner as Undefined)?.Error() ?? new TemplateException(
            $"attributes of a value of type '{TypeNames.Of(owner)}' cannot be set",
            "Only a namespace() can: {% set ns = namespace(name=value) %}. A dict is changed by {% do d.update({...}) %}.");
    }
}
