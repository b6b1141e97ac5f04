using System.Collections.Concurrent;

namespace Tributary.Core.Graph;

/// <summary>
/// What the nodes of one run share, such as the one snapshot that all exports read: made by the node that asks first,
/// disposed by the Runner when the run has ended.
/// </summary>
public sealed class RunScope : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Type, Lazy<IAsyncDisposable>> shared = new();

    /// <summary>The run's one <typeparamref name="T"/>; <paramref name="make"/> is called once and must do no work that can fail.</summary>
    public T Share<T>(Func<T> make) where T : class, IAsyncDisposable =>
        (T)shared.GetOrAdd(typeof(T), _ => new Lazy<IAsyncDisposable>(make)).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var type in shared.Keys)
        {
            if (shared.TryRemove(type, out var made)) await made.Value.DisposeAsync();
        }
    }
}
