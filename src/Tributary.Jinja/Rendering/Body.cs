using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Rendering;

/// <summary>Runs statements one after another.</summary>
internal static class Body
{
    public static Completion Render(Statement[] statements, Frame frame, Output output)
    {
        foreach (var statement in statements)
        {
            var completion = statement.Render(frame, output);
            if (completion != Completion.Normal) return completion;
        }

        return Completion.Normal;
    }

    /// <summary>Runs statements and keeps what they write as text.</summary>
    public static Completion Capture(Statement[] statements, Frame frame, out string text)
    {
        var context = frame.Context;
        var buffer = WrittenText.Rent();
        var completion = Render(statements, frame, new Output(context, buffer));
        text = buffer.ToString();
        WrittenText.Return(buffer);
        return completion;
    }
}
