using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>
/// The seam to where exports go. A destination is a sealed record marked <c>[Kind]</c> that carries its own configuration; it may be
/// asked by several exports at once. What it takes is said by the two classes below this one: whole files
/// (<see cref="FileDestination"/>) or rows as documents (<see cref="DocumentDestination"/>). <paramref name="Tracks"/> is what it may hold; a
/// <paramref name="Production"/> destination takes exports of production targets only. Throws <see cref="IOException"/> when it is full,
/// gone or refuses, and <see cref="TransientException"/> when trying again may help.
/// </summary>
public abstract record Destination(SourcePosition At, string Name, IReadOnlyList<Track> Tracks, bool Production)
{
    /// <summary>
    /// Where it is, as a path that ends in <c>/</c>: two destinations of which one's place starts with the other's hold the same things,
    /// and whoever may read the one may read the other.
    /// </summary>
    public abstract string Place { get; }
}
