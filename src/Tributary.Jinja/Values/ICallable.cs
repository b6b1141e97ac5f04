namespace Tributary.Jinja.Values;

/// <summary>Something a template can call. Called synchronously, as often as the template asks.</summary>
public interface ICallable
{
    object? Call(CallArguments arguments);
}
