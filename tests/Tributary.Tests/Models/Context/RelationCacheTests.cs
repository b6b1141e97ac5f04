using Tributary.Core.Models.Context.Sessions;
using Tributary.Core.Postgres;

namespace Tributary.Tests.Models.Context;

public sealed class RelationCacheTests : IAsyncDisposable
{
    private static readonly CachedRelation View = new("view", IsBare: true);

    private readonly RelationCache cache = new();

    private static Relation Named(string name) => new("s", name);

    private static IEnumerable<(string, string, CachedRelation)> Holding(params string[] names) => names.Select(name => ("s", name, View));

    private bool Stands(string name)
    {
        Assert.True(cache.TryFind(Named(name), out var found));
        return found is not null;
    }

    [Fact]
    public void What_was_forgotten_before_a_list_began_does_not_undo_it_while_another_list_is_still_read()
    {
        // Lists that overlap without end used to forget one another's results for ever.
        cache.List(["s"], _ =>
        {
            cache.Forget();
            cache.List(["s"], _ => Holding("a"));
            Assert.True(Stands("a"));
            return [];
        });
        Assert.True(Stands("a"));
    }

    [Fact]
    public void A_list_that_began_before_something_untold_is_not_kept()
    {
        cache.List(["s"], _ =>
        {
            cache.Forget();
            return Holding("a");
        });
        Assert.False(cache.TryFind(Named("a"), out _));
    }

    [Fact]
    public void What_was_committed_while_a_list_was_read_counts_over_it()
    {
        cache.List(["s"], _ =>
        {
            cache.Committed([new RelationEffect.Added(Named("b"), "table"), new RelationEffect.Dropped(Named("a"), Cascade: false)]);
            return Holding("a");
        });
        Assert.False(Stands("a"));
        Assert.True(Stands("b"));
    }

    [Fact]
    public void A_list_that_could_not_be_read_tells_nothing()
    {
        Assert.Throws<IOException>(() => cache.List(["s"], _ => throw new IOException()));
        Assert.False(cache.TryFind(Named("a"), out _));
    }

    public ValueTask DisposeAsync() => cache.DisposeAsync();
}
