namespace Tributary.Jinja.Rendering;

/// <summary>Where statements write; every character counts against the limit of the context.</summary>
internal readonly struct Output(TemplateContext context, WrittenText text)
{
    public void Write(string value)
    {
        context.Charge(value.Length);
        text.Append(value);
    }
}
