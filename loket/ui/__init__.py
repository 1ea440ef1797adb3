"""Base pages, components, style sheets and icons that every room uses."""
